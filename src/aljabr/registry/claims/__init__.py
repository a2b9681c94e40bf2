"""Claims: the file, its heads of loss, its mail."""
