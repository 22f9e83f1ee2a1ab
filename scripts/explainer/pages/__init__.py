"""Library -> pages: one module per kind of page; modules decide what a page shows, templates render it."""
