"""What public pages say of themselves to machines: schema.org, OpenGraph, Highwire, Dublin Core."""
