"""Reads a newspaper story's layout: which line is the headline, a byline, a caption, running text.

`paragraphs` joins wrapped lines, `forms` reads each line by itself, `frame` tells what stands
around the story, `story` puts the lines into fields by their neighbours, and `halves` parts the
two languages of a bilingual text.
"""
