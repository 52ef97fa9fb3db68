package dev.narwhal.samples.spring;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers errors as {@code application/problem+json} (RFC 9457). */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {}
