"""The data to take away: one description of it, made from the models, and from that every table, workbook and database."""
