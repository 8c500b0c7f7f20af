"""Stories for programs: a part of Wagtail's API, and what every answer to a program says of one."""
