"""What a page shows for the blocks of its story: figures, drawings and tables, each computed from records."""
