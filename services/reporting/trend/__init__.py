"""The last weeks or months of a person or a unit, one point each (PRODUCT R1, R2)."""
