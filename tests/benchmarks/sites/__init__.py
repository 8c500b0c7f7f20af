"""The sites that are measured: this archive and its neighbours, behind one interface."""
