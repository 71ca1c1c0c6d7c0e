@echo off
rem Starts kmq.jar of an installation, or of the clone, where tools\kmq.cmd builds it first. Needs
rem Java 17 or newer. An archive of loaded classes, made at the first start, lets the JVM start fast.
setlocal EnableExtensions DisableDelayedExpansion
set "bin=%~dp0"
set "self=%~f0"
set "attributes=%~a0"
rem Only a link needs PowerShell, which takes long to start.
if not "%attributes:l=%"=="%attributes%" for /f "usebackq delims=" %%i in (`powershell -NoProfile -Command "$i=Get-Item -LiteralPath $env:self; while($i.LinkType -eq 'SymbolicLink'){$t=@($i.Target)[0]; if(-not [IO.Path]::IsPathRooted($t)){$t=Join-Path $i.DirectoryName $t}; $i=Get-Item -LiteralPath $t}; $i.DirectoryName+'\'"`) do set "bin=%%i"

set "archives=%bin%..\lib"
set "images=%bin%..\lib\start"
if not exist "%archives%\kmq.jar" (
  set "archives=%bin%..\target"
  set "images=%bin%..\start"
)
set "jar=%archives%\kmq.jar"
if not exist "%jar%" (
  echo kmq: no "%bin%..\lib\kmq.jar"; install kmq again 1>&2
  exit /b 1
)

set "java="
if exist "%bin%..\runtime\bin\java.exe" (
  set "java=%bin%..\runtime\bin\java.exe"
) else if defined JAVA_HOME (
  set "java=%JAVA_HOME%\bin\java.exe"
) else (
  for %%i in (java.exe) do set "java=%%~$PATH:i"
)
if not defined java (
  echo kmq: no Java found; install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 1
)
if not exist "%java%" (
  echo kmq: no "%java%"; correct JAVA_HOME or unset it 1>&2
  exit /b 1
)

rem What a JDK states of itself. A Java without that file starts without an archive.
set "release="
for %%i in ("%java%") do set "version=%%~dpi..\release"
if exist "%version%" for /f "usebackq tokens=1,2 delims==" %%a in ("%version%") do (
  if "%%a"=="JAVA_VERSION" set "release=%%~b"
)
set "major=17"
if defined release for /f "tokens=1 delims=.-+" %%a in ("%release%") do set "major=%%a"
if %major% lss 17 (
  echo kmq: "%java%" is Java %release%; kmq needs 17 or newer: install it, or set JAVA_HOME to it 1>&2
  exit /b 1
)

rem Short runs: see bin/kmq. Here, none of the first nine arguments may be a folder or above 1 MB.
set "compiler="
if "%~1"=="sweep" goto archive
for %%i in (1%~z1 1%~z2 1%~z3 1%~z4 1%~z5 1%~z6 1%~z7 1%~z8 1%~z9) do if %%i gtr 11048576 goto archive
set "attributes=%~a1%~a2%~a3%~a4%~a5%~a6%~a7%~a8%~a9"
if defined attributes if not "%attributes:d=%"=="%attributes%" goto archive
set "compiler=-XX:TieredStopAtLevel=1 -XX:Tier3BackEdgeThreshold=5000 -XX:Tier3InvocationThreshold=1000 -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=3000"
:archive

rem An archive is of one Java and one jar. Java ignores it if the time of the jar differs.
rem Without an archive, an option that is given anyway.
set "sharing=-XX:+UseSerialGC"
set "log=-Xlog:all=error:stderr"
if not defined release goto run
set "kind=jsa"
set "make=-Xint -XX:ArchiveClassesAtExit"
set "use=-XX:SharedArchiveFile"
if %major% geq 25 (
  set "kind=aot"
  set "make=-XX:AOTCacheOutput"
  set "use=-XX:AOTCache"
  set "log=-Xlog:all=error:stderr -Xlog:aot*=off:stderr"
)
for %%i in ("%jar%") do set "name=kmq-%%~zi-%release%.%kind%"
if exist "%archives%\%name%" goto share
set "work=%archives%\start-%random%"
md "%work%" 2>nul && goto make
set "archives=%LOCALAPPDATA%\kmq"
if not defined LOCALAPPDATA goto run
if exist "%archives%\%name%" goto share
set "work=%archives%\start-%random%"
md "%work%" 2>nul || goto run
:make
rem See bin/kmq for the options. An empty archive means that this Java cannot make one.
"%java%" %make%="%work%\archive" -XX:+UseSerialGC -Xlog:disable -cp "%jar%" dev.kmq.cli.TrialRuns "%work%" "%images%\photo.jpg" "%images%\chart.png" >nul 2>nul <nul || del /q "%work%\archive" 2>nul
if not exist "%work%\archive" type nul >"%work%\archive"
del /q "%archives%\kmq-*.jsa" "%archives%\kmq-*.aot" 2>nul
move /y "%work%\archive" "%archives%\%name%" >nul 2>nul
rd /s /q "%work%"
:share
for %%i in ("%archives%\%name%") do if %%~zi0 gtr 0 set "sharing=%use%=%archives%\%name%"
:run
"%java%" "%sharing%" -Xlog:disable %log% %compiler% -XX:+UseSerialGC %KMQ_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
