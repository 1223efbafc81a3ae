"""Master data of the agency: employees, units, posts, work sites; all dated, published as full states."""
