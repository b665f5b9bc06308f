"""Reading pictures: folders of them, and IDX files."""
