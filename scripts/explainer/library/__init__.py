"""All records with their references resolved: their addresses, the checks across them, and the values derived."""
