"""Posts (jabatan) that employees hold."""
