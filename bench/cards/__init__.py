"""Reading performance cards and unit dashboards, beside a month and beside a year of history."""
