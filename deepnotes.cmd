@echo off
rem Builds DeepNotes when a source is newer than the last build, then runs its command line.
setlocal
set "root=%~dp0"
set "artifacts=%root%artifacts"
set "program=%artifacts%\bin\DeepNotes.Cli\release\deepnotes.dll"
set "stamp=%artifacts%\deepnotes.stamp"
set "lock=%artifacts%\deepnotes.lock"
set "log=%artifacts%\deepnotes-build.log"
set "sdk=https://dotnet.microsoft.com/download/dotnet/10.0"

where /q dotnet
if errorlevel 1 (
  echo deepnotes: needs the .NET 10 SDK; get it from %sdk% 1>&2
  exit /b 1
)

call :is_current
if not errorlevel 1 goto run

set "version=none"
pushd "%root%"
for /f "delims=" %%v in ('dotnet --version 2^>nul') do set "version=%%v"
popd
if not "%version:~0,3%"=="10." (
  echo deepnotes: needs the .NET 10 SDK ^(found: %version%^); get it from %sdk% 1>&2
  exit /b 1
)

if not exist "%artifacts%\" mkdir "%artifacts%" 2>nul
copy /y nul "%stamp%.probe" >nul 2>nul
if errorlevel 1 (
  echo deepnotes: can't write to "%artifacts%"; grant yourself write permission, or clone to another folder 1>&2
  exit /b 1
)
del "%stamp%.probe"

rem Concurrent starts must not build concurrently: the second one waits for the lock folder of the first.
set waited=0
:take_lock
mkdir "%lock%" 2>nul && goto locked
if %waited%==0 echo Waiting for another build... 1>&2
set /a waited+=1
if %waited% geq 300 (
  echo deepnotes: waited 5 minutes for another build; if there is none, delete "%lock%" 1>&2
  exit /b 1
)
ping -n 2 127.0.0.1 >nul
goto take_lock

:locked
call :is_current
if not errorlevel 1 goto built
if exist "%program%" (
  echo Building DeepNotes ^(sources changed^)... 1>&2
) else (
  echo Building DeepNotes ^(first run only: about a minute^)... 1>&2
)
rem The stamp is older than the build, so that an edit during the build triggers another one.
copy /y nul "%stamp%.new" >nul
set DOTNET_NOLOGO=1
dotnet build "%root%src\DeepNotes.Cli" --configuration Release --verbosity quiet --disable-build-servers >"%log%" 2>&1
if errorlevel 1 (
  rmdir "%lock%"
  type "%log%" 1>&2
  echo deepnotes: the build failed ^(above, and in "%log%"^) 1>&2
  exit /b 1
)
move /y "%stamp%.new" "%stamp%" >nul
:built
rmdir "%lock%"

:run
dotnet "%program%" %*
exit /b %errorlevel%

:is_current
if not exist "%program%" exit /b 1
if not exist "%stamp%" exit /b 1
rem The folder is passed in an environment variable, so that quotes in its name cannot break the command.
powershell -NoProfile -ExecutionPolicy Bypass -Command "$built = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc; Set-Location -LiteralPath $env:root; $newer = Get-Item Directory.Build.props, Directory.Packages.props, global.json, src; $newer += Get-ChildItem src -Recurse; if ($newer | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1) { exit 1 }"
exit /b %errorlevel%
