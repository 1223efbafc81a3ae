"""Bulk import and export, CSV and XLSX."""
