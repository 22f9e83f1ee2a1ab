"""All records together, with their references resolved: where they live, what must hold, what follows from them."""
