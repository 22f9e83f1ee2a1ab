"""Charts and maps of the pages: each is computed from records, and omitted if they hold too little data."""
