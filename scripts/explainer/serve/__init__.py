"""The editors' server: builds again when a file is saved and reloads the browser."""
