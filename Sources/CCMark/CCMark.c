// cmark is linked as a library; this file only gives the target something to compile.
