"""Attendance: takes what terminals, files and apps say, keeps it, and turns it into punches."""
