"""The discipline component of the allowance (TPP, Tukin): what a month of days cuts, in percent (PRODUCT A11)."""
