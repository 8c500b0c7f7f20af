"""Who is who among the names: merging and splitting entries, undone as long as nobody went on."""
