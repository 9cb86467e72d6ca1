// Makes the system libraries libpng, libjpeg-turbo and giflib importable from Swift.
#pragma once
#include <gif_lib.h>
#include <png.h>
#include <turbojpeg.h>
