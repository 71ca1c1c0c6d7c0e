@echo off
rem Starts kmq.jar of an installation, or of the clone, where tools\kmq.cmd builds it first. Needs
rem Java 17 or newer. A class-data archive, made at the first start, lets the JVM start fast.
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

rem An archive is of one Java and one jar. Java ignores it if the time of the jar differs.
set "sharing=-Xshare:auto"
if not defined release goto run
for %%i in ("%jar%") do set "name=kmq-%%~zi-%release%.jsa"
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
"%java%" -Xint -XX:ArchiveClassesAtExit="%work%\jsa" -Xlog:disable -jar "%jar%" encode -k 8 --effort fast --out-dir "%work%" "%images%\photo.jpg" "%images%\chart.png" >nul 2>nul <nul
if not exist "%work%\jsa" type nul >"%work%\jsa"
del /q "%archives%\kmq-*.jsa" 2>nul
move /y "%work%\jsa" "%archives%\%name%" >nul 2>nul
rd /s /q "%work%"
:share
for %%i in ("%archives%\%name%") do if %%~zi0 gtr 0 set "sharing=-XX:SharedArchiveFile=%archives%\%name%"
:run
"%java%" "%sharing%" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC %KMQ_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
