"""What models of records are made of: fields, traits, figures, citations; validation and its messages."""
