"""Reports of a wrong superior: an employee says so, the personnel agency mends the record or says why not (D3)."""
