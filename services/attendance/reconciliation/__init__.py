"""What terminals hold against what we have: completeness per terminal and date, and up to when all has arrived."""
