"""The tests of the explainer package, of its content and of the site that they make."""
