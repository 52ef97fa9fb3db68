/**
 * Multipart uploads: {@link dev.narwhal.samples.upload.Upload} tells size and SHA-256 of every part, {@link
 * dev.narwhal.samples.upload.SmallUpload} does so within limits that a test reaches quickly.
 */
@NullMarked
package dev.narwhal.samples.upload;

import org.jspecify.annotations.NullMarked;
