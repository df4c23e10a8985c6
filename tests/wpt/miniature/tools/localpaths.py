"""Where a real tree puts its libraries on the path; this one has none."""
