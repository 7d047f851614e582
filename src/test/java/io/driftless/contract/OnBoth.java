package io.driftless.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A case of the contract: runs on the real server and on the sandbox, each as a parameter of type [Server]. Cases of a
/// class run side by side, for most of them wait for controllers; those of a class with a lock run one after the other.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(BothServers.class)
@interface OnBoth {}
