"""What stories ask for between double brackets: how it is written, and what of the library it names."""
