/** The HTTP endpoints: each controller decodes, calls core and encodes. */
@NullMarked
package io.adversight.lab.controller;

import org.jspecify.annotations.NullMarked;
