# The command line and the lab, on the processor: docs/how-to/run-in-a-container.md
FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    sh ./mvnw -B -q -DskipTests -Dnative.platform=linux-x86_64 -pl cli -am package

FROM eclipse-temurin:17-jre-jammy
RUN useradd --create-home --uid 10001 adversight \
    && mkdir /data /work \
    && chown adversight:adversight /data /work
COPY --from=build /src/cli/target/lib /opt/adversight/lib
COPY --from=build /src/cli/target/adversight.jar /src/LICENSE /src/NOTICE /opt/adversight/
ENV ADVERSIGHT_HOME=/data \
    LC_ALL=C.UTF-8 \
    OMP_WAIT_POLICY=PASSIVE \
    GOMP_SPINCOUNT=0 \
    MALLOC_TRIM_THRESHOLD_=1073741824 \
    MALLOC_MMAP_THRESHOLD_=1073741824
USER adversight
WORKDIR /work
VOLUME ["/data"]
EXPOSE 7272
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xmn256m", "-jar", "/opt/adversight/adversight.jar"]
CMD ["lab", "--host", "0.0.0.0", "--no-browser"]
