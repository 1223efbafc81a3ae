"""The catalogue of tasks that activities serve, dated, of one unit or of the whole agency."""
