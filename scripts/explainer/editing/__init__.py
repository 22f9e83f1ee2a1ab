"""What editors are helped with: new records, layout of files, schemas for their programs, care for sources, a fresh start."""
