"""Stories as files: the news industry's formats, Markdown, WordPress, a site of files, BagIt."""
