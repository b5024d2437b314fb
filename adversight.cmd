@echo off
rem Runs Adversight; builds it first if it was never built or its sources changed.
setlocal EnableExtensions DisableDelayedExpansion

set "base=%~dp0"
set "target=%base%cli\target"
set "stamp=%target%\adversight.built"
set "archive=%target%\adversight.jsa"

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo adversight: no Java was found; install JDK 17 or newer, or set JAVA_HOME>&2
  exit /b 2
)

call :changed
if not errorlevel 1 goto run

echo adversight: building ^(the first time takes some minutes^) ...>&2
set "maven=%base%mvnw.cmd"
where mvn >nul 2>&1
if not errorlevel 1 set "maven=mvn"
set "log=%TEMP%\adversight-build-%RANDOM%.log"
call "%maven%" -B -q -f "%base%pom.xml" -DskipTests -pl cli -am package >"%log%" 2>&1
if errorlevel 1 (
  type "%log%">&2
  del "%log%"
  echo adversight: the build failed>&2
  exit /b 1
)
del "%log%"
if exist "%archive%" del "%archive%"
"%java%" -XX:ArchiveClassesAtExit="%archive%" -Xlog:disable -XX:+UseSerialGC -cp "%target%\adversight.jar" io.adversight.cli.SharedClasses >nul 2>&1
type nul >"%stamp%"

:run
rem Threads that wait for others sleep instead of spinning, as in the script for other systems.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
if not defined GOMP_SPINCOUNT set "GOMP_SPINCOUNT=0"

set "terminal=true"
powershell -NoProfile -Command "if ([Console]::IsErrorRedirected) { exit 1 } else { exit 0 }"
if errorlevel 1 set "terminal=false"
"%java%" -Dadversight.terminal=%terminal% -Dadversight.cluster="%base%cluster\target" -XX:SharedArchiveFile="%archive%" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr ^
  -XX:+UseSerialGC -Xmn256m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps -jar "%target%\adversight.jar" %*
exit /b %ERRORLEVEL%

rem Leaves 0 if the stamp is there and no source is newer, 1 otherwise.
:changed
if not exist "%stamp%" exit /b 1
powershell -NoProfile -Command ^
  "$home0 = $env:base; $built = (Get-Item $env:stamp).LastWriteTime;" ^
  "$sources = @(Get-Item ($home0 + 'pom.xml')) + @(Get-Item ($home0 + '*\pom.xml')) + @(Get-ChildItem -Recurse -File ($home0 + '*\src\main')) + @(Get-Item ($home0 + 'experiments\*\study.json')) + @(Get-ChildItem -File ($home0 + 'training\recipes'));" ^
  "if ($sources | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1) { exit 1 } else { exit 0 }"
exit /b %ERRORLEVEL%
