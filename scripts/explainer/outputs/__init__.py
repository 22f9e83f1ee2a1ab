"""Library -> bytes: files beside the pages, for re-users and for other sites; one format a module."""
