"""Charts and maps of the pages: each is computed from records, and is left out where these say too little."""
