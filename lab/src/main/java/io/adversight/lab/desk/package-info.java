/** What can be asked over HTTP: each desk decodes, calls core and encodes. */
@NullMarked
package io.adversight.lab.desk;

import org.jspecify.annotations.NullMarked;
