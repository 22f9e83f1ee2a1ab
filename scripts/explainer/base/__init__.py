"""Foundations without knowledge of records: values, problems, files, language, progress, dependencies."""
