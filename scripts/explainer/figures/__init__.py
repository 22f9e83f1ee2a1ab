"""Numbers -> charts and maps: what each shows, its data as a table and as CSV, and its drawing as SVG text."""
