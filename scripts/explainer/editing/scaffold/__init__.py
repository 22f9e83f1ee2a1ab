"""The skeleton of a record, made from its model, and its place among the others."""
