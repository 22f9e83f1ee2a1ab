"""What everything may use and that knows nothing of records: values, problems, files, language, dependencies, workers."""
