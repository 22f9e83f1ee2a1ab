"""Servers: that of editors, which builds again when a file is saved, and that of programs, which ask the records."""
