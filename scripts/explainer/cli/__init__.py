"""The command `explainer`: reads the command line, runs the stations and talks to people."""
