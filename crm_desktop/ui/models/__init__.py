"""Lists for Qt's views: ids first, rows by windows, nothing on the GUI thread."""
