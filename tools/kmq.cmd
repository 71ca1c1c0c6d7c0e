@echo off
rem Runs the kmq command from a clone: builds it when it is missing or older than its sources, then
rem starts it. Needs a JDK, 17 or newer.
setlocal EnableExtensions DisableDelayedExpansion
set "self=%~f0"
set "here="
set "state="
for /f "usebackq delims=" %%i in (`powershell -NoProfile -Command "$i=Get-Item -LiteralPath $env:self; while($i.LinkType -eq 'SymbolicLink'){$t=@($i.Target)[0]; if(-not [IO.Path]::IsPathRooted($t)){$t=Join-Path $i.DirectoryName $t}; $i=Get-Item -LiteralPath $t}; $h=$i.DirectoryName; $h+'\'; $j=Get-Item -ErrorAction SilentlyContinue -LiteralPath ($h+'\cli\target\kmq.jar'); $s='\..\pom.xml','\..\codec\pom.xml','\..\codec\src\main','\..\imageio-plugin\pom.xml','\..\imageio-plugin\src\main','\..\spec\js','\..\NOTICE','\metrics\pom.xml','\metrics\src\main','\picocli\pom.xml','\picocli\src\main','\pictures\pom.xml','\pictures\src\main','\cli\pom.xml','\cli\src\main'; if(-not $j){'missing'} elseif(Get-ChildItem -Recurse -File -LiteralPath ($s|ForEach-Object{$h+$_})|Where-Object{$_.LastWriteTime -gt $j.LastWriteTime}){'outdated'} else{'built'}"`) do (
  if defined here (set "state=%%i") else (set "here=%%i")
)
if not defined here (
  echo kmq: PowerShell is needed to build and start kmq from a clone 1>&2
  exit /b 1
)
set "target=%here%cli\target"
if "%state%"=="built" goto run

if not defined JAVA_HOME goto path
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo kmq: JAVA_HOME is "%JAVA_HOME%", which has no bin\javac.exe; set it to a JDK, 17 or newer 1>&2
  exit /b 1
)
goto build
:path
where javac.exe >nul 2>nul
if errorlevel 1 (
  echo kmq: no Java compiler found; install a JDK, 17 or newer, or set JAVA_HOME to one 1>&2
  exit /b 1
)
:build
if "%state%"=="missing" (
  echo kmq: building once: downloads at most 36 MB, takes about a minute 1>&2
) else (
  echo kmq: building, as the sources have changed 1>&2
)
pushd "%here%.."
rem What other builds find, too: see the profile "commit" of pom.xml.
set "commit="
set "day="
if exist .git (
  for /f "delims=" %%i in ('git describe --always "--exclude=*" "--abbrev=7" "--dirty=.modified" 2^>nul') do set "commit=+%%i"
  set TZ=UTC0
  for /f "delims=" %%i in ('git log -1 "--date=format-local:%%Y-%%m-%%d" "--format=%%cd" 2^>nul') do set "day=%%i"
)
call mvnw.cmd -B -q -ntp -pl tools/cli -am package -Dquick "-Dkmq.commit=%commit%" "-Dkmq.commit.date=%day%" 1>&2
if errorlevel 1 (
  popd
  echo kmq: the build failed; see the messages above 1>&2
  exit /b 1
)
popd
powershell -NoProfile -Command "(Get-Item -LiteralPath ($env:target+'\kmq.jar')).LastWriteTime=Get-Date"
del /q "%target%\kmq-*.jsa" "%target%\kmq-*.aot" 2>nul
:run
rem Without "call", which would expand percent signs in arguments again.
"%here%cli\bin\kmq.cmd" %*
